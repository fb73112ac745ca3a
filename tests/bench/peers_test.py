"""Peers' tools read what --benchmark_out writes, phases included.

peers_test.py BOOT_BENCHMARKS RECORDINGS

compare.py is Google Benchmark's own (libbenchmark-tools). The reader of github-action-benchmark is
an action; what its `tool: googlecpp` takes from the file is written down here, as its documentation
and extract.ts have it.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

COMPARE = pathlib.Path("/usr/share/benchmark/compare.py")
PHASE = "Launch/traced/phase:run > launch > qemu > kernel > /init"


def googlecpp(text):
    return [{"name": run["name"], "value": run["real_time"], "unit": run["time_unit"] + "/iter",
             "extra": f"iterations: {run['iterations']}\ncpu: {run['cpu_time']} {run['time_unit']}\n"
                      f"threads: {run['threads']}"}
            for run in json.loads(text)["benchmarks"]]


class Peers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.base = cls.measured("base.json", "traced-1", "traced-2")
        cls.head = cls.measured("head.json", "traced-2", "traced-3")

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    @classmethod
    def measured(cls, name, *logs):
        program, recordings = (pathlib.Path(argument).resolve() for argument in ARGUMENTS)
        file = pathlib.Path(cls.directory.name) / name
        replay = ",".join(str(recordings / (log + ".jsonl")) for log in logs)
        subprocess.run([program, "--benchmark_filter=Launch/traced$", "--benchmark_repetitions=3",
                        f"--bootperf_replay={replay}", f"--benchmark_out={file}",
                        f"--bootperf_session={file}.session"],
                       check=True, capture_output=True)
        return file

    @unittest.skipUnless(COMPARE.exists(), "libbenchmark-tools is not installed")
    def test_compare_py_compares_every_phase(self):
        done = subprocess.run(["/usr/bin/python3", COMPARE, "--no-color", "benchmarks", self.base, self.head],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        numbers = r"(\s+[-+][\d.]+){2}(\s+[\d.]+){4}$"
        self.assertRegex(done.stdout, re.compile("^Launch/traced" + numbers, re.M))
        self.assertRegex(done.stdout, re.compile("^" + re.escape(PHASE) + numbers, re.M))
        self.assertRegex(done.stdout, re.compile("^" + re.escape(PHASE) + "_pvalue", re.M))

    def test_github_action_benchmark_reads_every_phase(self):
        results = googlecpp(self.head.read_text())
        by_name = {result["name"]: result for result in results}
        self.assertGreater(by_name["Launch/traced_mean"]["value"], 1000)
        self.assertGreater(by_name[PHASE + "_median"]["value"], 100)
        self.assertEqual(by_name[PHASE + "_median"]["unit"], "ms/iter")
        for result in results:
            self.assertIsInstance(result["value"], (int, float))
            self.assertNotIn("None", result["extra"])


if __name__ == "__main__":
    ARGUMENTS = sys.argv[1:3]
    if len(ARGUMENTS) != 2:
        sys.exit(__doc__)
    unittest.main(argv=sys.argv[:1], verbosity=2)
