"""What bootperf writes, against the schemas it publishes and the Trace Event Format.

published_formats_test.py PROGRAM SOURCE_DIRECTORY
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

POLICY = """\
gates:
  wall:
    - {phase: launch, tolerance: 5 %}
    - {phase: /init, tolerance: 5 %}
    - {phase: no-such-phase, tolerance: 5 %}
"""


class Formats(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        program, source = (pathlib.Path(argument).resolve() for argument in ARGUMENTS)
        cls.program, cls.schemas = program, source / "docs"
        cls.directory = tempfile.TemporaryDirectory()
        logs = [str(source / "tests/data/bootlogs" / name) for name in
                ("traced-1.jsonl", "traced-2.jsonl", "initcalls.jsonl")]
        cls.bootperf("import", *logs[:2], "-o", "s.json")
        cls.bootperf("import", logs[2], "-o", "initcalls.json")
        (cls.path("t")).mkdir()
        cls.path("t/policy.yaml").write_text(POLICY)

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    @classmethod
    def path(cls, name):
        return pathlib.Path(cls.directory.name) / name

    @classmethod
    def bootperf(cls, *arguments, codes=(0,)):
        done = subprocess.run([cls.program, *arguments], cwd=cls.directory.name, capture_output=True, text=True)
        if done.returncode not in codes:
            raise AssertionError(done.stderr)
        return done.stdout

    def validate(self, document, schema):
        schema = json.loads((self.schemas / schema).read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(document)

    def check(self):
        return json.loads(self.bootperf("check", "s.json", "--thresholds", "t", "--format", "json", codes=range(5)))

    def test_a_session_is_what_its_schema_says(self):
        self.validate(json.loads(self.path("s.json").read_text()), "session.schema.json")

    def tried(self):
        """The session as one that tried levers, its launches as those of the boot as it is."""
        session = json.loads(self.path("s.json").read_text())
        session["what_if"] = {
            "launches": 3, "base_launches": 2, "arguments": ["q35", "--launches=3"],
            "trials": [
                {"lever": "q35", "actor": "qemu", "what": "machine q35", "adopt": "libguestfs",
                 "refused": "no q35 here"},
                {"lever": "unsigned-modules", "actor": "kernel", "what": "no signatures", "adopt": "",
                 "less_work": ["insmod"]}]}
        for part in session["scenarios"] + session["launches"]:
            part["subject"] = "base"
        for scenario in session["scenarios"]:
            scenario["name"], scenario["mode"] = "Launch/counted", "counted"
        for launch in session["launches"]:
            launch["scenario"] = "Launch/counted"
        return session

    def test_a_session_of_levers_is_what_its_schema_says(self):
        session = self.tried()
        self.validate(session, "session.schema.json")
        self.path("levers.json").write_text(json.dumps(session))
        self.bootperf("merge", "levers.json", "-o", "again.json")
        self.assertEqual(json.loads(self.path("again.json").read_text())["set"][0]["what_if"],
                         session["what_if"])
        ranking = json.loads(self.bootperf("what-if", "--recorded", "levers.json", "--format", "json", codes=(4,)))
        self.assertEqual([each["effect"] for each in ranking["levers"]], ["not measured"] * 2)
        del session["what_if"]["trials"][0]["adopt"]
        with self.assertRaises(jsonschema.ValidationError):
            self.validate(session, "session.schema.json")

    def test_a_check_is_what_its_schema_says(self):
        without = self.check()
        self.validate(without, "check.schema.json")
        self.assertEqual(without["checks"][0]["phases"], [])
        self.bootperf("baseline", "update", "s.json", "--thresholds", "t")
        against = self.check()
        self.validate(against, "check.schema.json")
        self.assertEqual(against["checks"][0]["phases"][0]["policy"]["line"], 3)

    def test_the_schema_refuses_what_it_does_not_know(self):
        with self.assertRaises(jsonschema.ValidationError):
            self.validate({**self.check(), "news": 1}, "check.schema.json")

    def test_a_trace_is_what_the_trace_event_format_says(self):
        for session in ("s.json", "initcalls.json"):
            self.bootperf("report", session, "--format", "perfetto", "-o", "out")
            trace = json.loads(self.path("out/trace.json").read_text())
            self.assertEqual(trace["displayTimeUnit"], "ms")
            self.assertGreater(len(trace["traceEvents"]), 50)
            for event in trace["traceEvents"]:
                self.assert_event(event)
            self.assert_nested(trace["traceEvents"])

    def assert_event(self, event):
        self.assertIn(event["ph"], "BEiCMbe")
        self.assertIsInstance(event["name"], str)
        self.assertIsInstance(event["pid"], int)
        self.assertIsInstance(event["tid"], int)
        if event["ph"] == "M":
            self.assertIn(event["name"], ("process_name", "thread_name", "thread_sort_index"))
            return
        self.assertGreaterEqual(event["ts"], 0)
        if event["ph"] == "i":
            self.assertIn(event["s"], "gpt")
        if event["ph"] == "C":
            self.assertTrue(all(isinstance(value, (int, float)) for value in event["args"].values()))
        if event["ph"] in "be":
            self.assertTrue(event["id"] and event["cat"])

    def assert_nested(self, events):
        """On each track a slice ends that began last, and time does not run backwards."""
        open_slices, last = {}, {}
        for event in (each for each in events if each["ph"] in "BE"):
            track = (event["pid"], event["tid"])
            self.assertGreaterEqual(event["ts"], last.get(track, 0))
            last[track] = event["ts"]
            if event["ph"] == "B":
                open_slices.setdefault(track, []).append(event["name"])
            else:
                self.assertEqual(open_slices[track].pop(), event["name"])
        self.assertFalse(any(open_slices.values()))


if __name__ == "__main__":
    ARGUMENTS = sys.argv[1:3]
    if len(ARGUMENTS) != 2:
        sys.exit(__doc__)
    unittest.main(argv=sys.argv[:1], verbosity=2)
