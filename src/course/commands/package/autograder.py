#!/usr/bin/env python3
"""Judges the checkout in the current folder and writes result.json into it.

Exit code 0 says that it was judged, whatever the points; another one that the grader itself failed. The names of
classroom, assignment and submission come from the variables of the runner (CLASSROOM, ASSIGNMENT, SUBMISSION_TAG,
COMMIT_URL, RELEASE_URL, REVIEW_URL). The machine needs Rust 1.85 or newer.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CHECKOUT = pathlib.Path.cwd()

with tempfile.TemporaryDirectory() as scratch:
    marks = pathlib.Path(scratch) / "marks"
    # The front door goes by the folder of its own kit, and not by that of the checkout.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CARGO_")}
    environment["CARGO_TARGET_DIR"] = str(pathlib.Path(scratch) / "target")
    command = ["cargo", "run", "--offline", "--quiet", "--", "grade"]
    command += [str(HERE / "assignment.txt"), str(CHECKOUT), "--to", str(marks)]
    done = subprocess.run(command, cwd=HERE / "kit", env=environment, check=False)
    results = sorted((marks / "classroom50").glob("*.json"))
    if done.returncode != 0 or len(results) != 1:
        print("the grader itself failed, see above", file=sys.stderr)
        sys.exit(1)
    shutil.copyfile(results[0], CHECKOUT / "result.json")
