"""Makes the pages that the browser test looks at, with the real program, out of recorded launches."""
import copy
import gzip
import json
import pathlib
import random
import subprocess

# What a guest could print to run something on the page that shows it.
HOSTILE = [
    "</script><script>window.evil = 'script'</script>",
    "<img src=x onerror=\"window.evil = 'image'\">",
    "\x1b[2J\x1b]0;evil\x07 <!-- --> &lt;b&gt; \u202egnp.exe",
    "[    2.345678] Kernel panic - not syncing: VFS: Unable to mount root fs",
]

POLICY = """\
gates:
  wall:
    - {phase: launch, tolerance: 10 %, floor: 50 ms}
    - {phase: seabios, tolerance: 15 %, floor: 20 ms}
    - {phase: supermin:mini-initrd, tolerance: 15 %, floor: 20 ms}
    - {phase: /init, tolerance: 5 %, floor: 20 ms}
    - {phase: guestfsd, tolerance: 15 %, floor: 20 ms}
"""

COUNTED_POLICY = """\
gates:
  instructions:
    - {phase: launch, tolerance: 0.5 %, floor: 1 M}
    - {phase: seabios, tolerance: 1 %, floor: 1 M}
    - {phase: kernel:overhead, tolerance: 1.5 %, floor: 1 M}
    - {phase: supermin:mini-initrd, tolerance: 0.5 %, floor: 1 M}
    - {phase: /init, tolerance: 1.25 %, floor: 1 M}
    - {phase: /init:udev-overhead, tolerance: 1.75 %, floor: 1 M}
    - {phase: /init:lvm-probe, tolerance: 1.5 %, floor: 1 M}
    - {phase: guestfsd, tolerance: 1.5 %, floor: 1 M}
  waiting:
    - {phase: launch, floor: 100 ms}
    - {phase: supermin:mini-initrd, floor: 100 ms}
    - {phase: /init, floor: 100 ms}
"""

TIMES = ("start_ns", "wall_ns", "self_ns")
SLOWED = "/init > /init:lvm-probe"


class Fixture:
    def __init__(self, program, recordings, directory):
        self.program = pathlib.Path(program).resolve()
        self.recordings = pathlib.Path(recordings).resolve()
        self.directory = pathlib.Path(directory).resolve()
        self.directory.mkdir(parents=True, exist_ok=True)

    def bootperf(self, *arguments):
        subprocess.run([self.program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL,
                       cwd=self.directory)

    def imported(self, name, *logs):
        self.bootperf("import", "--force", *(self.recordings / (log + ".jsonl") for log in logs), "-o", name + ".json")
        return json.loads((self.directory / (name + ".json")).read_text())

    def write(self, name, session):
        (self.directory / name).write_text(json.dumps(session))

    def page(self, name, session, *arguments):
        self.write(name + ".json", session)
        self.bootperf("report", name + ".json", "-o", name, *arguments)
        return self.directory / name / "index.html"

    def thresholds(self, name, policy=POLICY):
        directory = self.directory / name
        directory.mkdir(exist_ok=True)
        for old in directory.iterdir():
            old.unlink()
        (directory / "policy.yaml").write_text(policy)
        return name

    def regressed(self):
        """Base and head in one session, head slower in lvm-probe, one launch of it failed."""
        session = self.imported("traced", "traced-1")
        quiet = self.imported("quiet", "quiet")
        recorded = session["launches"][0]
        base = [varied(recorded, i) for i in range(12)]
        session["id"], session["launches"] = "20261122T101500Z-0000000a", base
        session["created"] = "2026-11-23T07:45:00Z"  # within the hour, as --same-session says
        thresholds = self.thresholds("thresholds")
        self.write("base.json", session)
        self.bootperf("baseline", "update", "base.json", "--thresholds", thresholds)

        head = [slowed(varied(recorded, i + 50), 1.8) for i in range(12)]
        session["id"] = "20261123T081500Z-0000000b"
        session["created"], session["commit"] = "2026-11-23T08:15:00Z", "8a2f0c1d4e5b6a7988776655443322110ffeeddc"
        session["environment"] = {"LIBGUESTFS_PATH": "/tmp/appliance"}
        session["launches"] = [as_subject(each, "base") for each in base] + head + [failed(recorded)]
        session["scenarios"] += quiet["scenarios"]
        session["launches"] += 2 * quiet["launches"]
        return self.page("regressed", session, "--thresholds", thresholds, "--same-session")

    def counted(self, launches_a_side=12, name="counted", *arguments):
        """Base and head, counted: head executes five times as much in lvm-probe, and waits three seconds in udevadm settle."""
        session = json.loads(gzip.decompress((self.recordings.parent / "sessions" / "sleep-3.json.gz").read_bytes()))
        session["scenarios"] = [each for each in session["scenarios"] if each["mode"] == "counted"]
        recorded = [each for each in session["launches"] if each["scenario"] == "Launch/counted"][0]
        for side, spent, waited in (("base", 0, 0), ("head", 4.0, 3_000_000_000)):
            launches = [halting(varied(recorded, i + waited), waited) for i in range(launches_a_side)]
            session["launches"] = [more_work(each, "/init > /init:lvm-probe", spent) for each in launches]
            session["id"], session["created"] = f"20261123T0815{side}", "2026-11-23T08:15:00Z"
            self.write(f"{name}-{side}.json", session)
        self.bootperf("report", f"{name}-base.json", f"{name}-head.json", "-o", name,
                      "--thresholds", self.thresholds("thresholds-" + name, COUNTED_POLICY), *arguments)
        return self.directory / name / "index.html"

    def large(self):
        """Fifty launches a side of a hundred phases, and two profiles of whole launches: 20,000 functions of phases."""
        functions = [["vmlinux" if i % 3 else f"/usr/bin/program-{i}", f"a_function_of_some_length_{i}"] for i in range(300)]
        phases = [f"run > launch > qemu > kernel > /init > phase-{i}" for i in range(70)]
        for side, factor in (("base", 900), ("head", 1000)):
            rows = [[phase, function, factor * (1 + phase * function), 0, 1] for phase in range(70) for function in range(300)]
            self.write(side + ".whole.json", {
                "bootperf_profile": 1, "environment": {}, "phases": phases, "functions": functions,
                "launches": [{"instructions": sum(row[2] for row in rows), "rows": rows}]})
        return self.counted(50, "large", "--profile", "head.whole.json", "--base-profile", "base.whole.json")

    def ungated(self):
        return self.page("ungated", self.imported("of-initcalls", "initcalls"),
                         "--thresholds", self.thresholds("thresholds-ungated", "gates:\n  wall:\n    - {phase: launch, tolerance: 10 %, modes: [quiet]}\n"))

    def with_profile(self):
        """A profile in which all is spent in one function, and a lever that touches it; both say what they like."""
        self.write("boot.profile.json", {
            "bootperf_profile": 1, "environment": {}, "phases": ["run > launch > /init"],
            "functions": [["/usr/bin/bash", HOSTILE[1]]],
            "launches": [{"instructions": 1000, "rows": [[0, 0, 1000, 0, 1]]}]})
        (self.directory / "mine.yaml").write_text(
            "levers:\n  - {name: less-bash, actor: /init, what: no bash, adopt: me, smp: 2, proof: [{line: x}], "
            "touches: [{object: bash}]}\n")
        return self.page("with-profile", self.imported("profiled", "traced-1"), "--profile", "boot.profile.json",
                         "--levers", "mine.yaml")

    def with_two_profiles(self):
        """Base and head by function, two launches each: memset grew, sha256_update shrank, one is new, one is gone, one only varies."""
        functions = [["vmlinux", "memset"], ["vmlinux", "sha256_update"], ["/usr/bin/gawk", HOSTILE[0]], ["/usr/bin/bash", "main"], ["vmlinux", "__schedule"]]
        phases = ["run > launch > qemu > kernel > kernel:overhead", "run > launch > qemu > kernel > /init"]
        ran = {"base": [[1000, 4000, 0, 500, 3000], [1000, 4000, 0, 500, 3200]], "head": [[3000, 3500, 900, 0, 3100], [3000, 3500, 900, 0, 3300]]}
        for side, launches in ran.items():
            rows = [[[i % 2, i, 1000 * count, 0, 1] for i, count in enumerate(counts) if count] for counts in launches]
            self.write(side + ".profile.json", {
                "bootperf_profile": 1, "environment": {}, "phases": phases, "functions": functions,
                "launches": [{"instructions": sum(row[2] for row in launch), "rows": sorted(launch)} for launch in rows]})
        return self.page("with-two-profiles", self.imported("compared", "traced-1"), "--profile", "head.profile.json",
                         "--base-profile", "base.profile.json")

    def without_baseline(self):
        thresholds = self.thresholds("empty")
        session = self.imported("alone", "traced-1")
        return self.page("without-baseline", session, "--thresholds", thresholds)

    def nothing_came_up(self):
        session = self.imported("panic", "kernel-panic")
        return self.page("nothing-came-up", session)


def as_subject(launch, subject):
    return {**copy.deepcopy(launch), "subject": subject}


def varied(launch, i):
    """The launch as it might have been on another day: some 2 % around what was recorded, the same each time."""
    factor = random.Random(i).gauss(1, 0.012)
    launch = copy.deepcopy(launch)
    launch["wall_ns"] = round(launch["wall_ns"] * factor)
    for phase in launch["phases"]:
        for key in TIMES:
            phase[key] = round(phase[key] * factor)
    return launch


def around(launch, name):
    """The phase whose id ends so, and all that contain it."""
    inner = next(phase for phase in launch["phases"] if phase["id"].endswith(" > " + name))
    return [phase for phase in launch["phases"] if (inner["id"] + " > ").startswith(phase["id"] + " > ")], inner


def halting(launch, longer):
    """The same with what a recording of these phases would say of spinning and waiting, some of it made longer."""
    for phase in [launch, *launch["phases"]]:
        phase.update(spinning=0, waiting_ns=0)
    for phase in launch["phases"]:
        phase.update(self_spinning=0, self_waiting_ns=0)
    for name, key, amount in (("kernel:overhead", "spinning", 7_000_000), ("insmod virtio_pci", "waiting_ns", 170_000_000),
                              ("udevadm settle", "waiting_ns", 7_000_000 + longer)):
        outer, inner = around(launch, name)
        inner["self_" + key] += amount
        for phase in [launch, *outer]:
            phase[key] += amount
    return launch


def more_work(launch, name, share):
    outer, inner = around(launch, name)
    # No two launches count quite the same.
    extra = round(inner["instructions"] * share) + launch["wall_ns"] % 1000
    inner["self_instructions"] += extra
    for phase in [launch, *outer]:
        phase["instructions"] += extra
    return launch


def slowed(launch, factor):
    """The same with one phase slower, and with it all that contains it or comes after it."""
    slow = next(phase for phase in launch["phases"] if phase["id"].endswith(SLOWED))
    extra = round(slow["wall_ns"] * (factor - 1))
    end = slow["start_ns"] + slow["wall_ns"]
    for phase in launch["phases"]:
        if (slow["id"] + " > ").startswith(phase["id"] + " > "):
            phase["wall_ns"] += extra
        elif phase["start_ns"] >= end:
            phase["start_ns"] += extra
    slow["self_ns"] += extra
    launch["wall_ns"] += extra
    return launch


def failed(launch):
    launch = copy.deepcopy(launch)
    cut = launch["phases"][: len(launch["phases"]) // 3]
    launch.update(ok=False, failure="kernel panic: <b>VFS</b>", failure_phase=cut[-1]["id"], last_lines=HOSTILE,
                  phases=[])
    return launch
