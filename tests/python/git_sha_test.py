#!/usr/bin/python3
"""Checks that the git SHA of a build follows the commits, in a worktree too, and that its header changes only when the SHA does.

git_sha_test.py --cmake cmake --script cmake/git_sha.cmake
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cmake", required=True)
    parser.add_argument("--script", required=True, type=pathlib.Path)
    args = parser.parse_args()
    if shutil.which("git") is None:
        sys.exit(77)
    with tempfile.TemporaryDirectory() as scratch:
        check(args.cmake, args.script.resolve(), pathlib.Path(scratch))


def check(cmake, script, scratch):
    repo, tree, header = scratch / "repo", scratch / "tree", scratch / "git_sha.hpp"

    def git(folder, *words):
        who = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "init.defaultBranch=main"]
        done = subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def look_up(folder):
        subprocess.run([cmake, "-D", f"SOURCE_DIR={folder}", "-D", f"HEADER={header}", "-P", script], check=True)
        return header.read_text(), header.stat().st_mtime_ns

    def expect(folder):
        text, changed = look_up(folder)
        sha = git(folder, "rev-parse", "--short=12", "HEAD")
        assert text == f'#define SORSWEEP_GIT_SHA "{sha}"\n', (text, sha)
        assert look_up(folder) == (text, changed), "the header was written again"
        return sha

    repo.mkdir()
    assert look_up(repo)[0] == '#define SORSWEEP_GIT_SHA "unknown"\n'
    git(repo, "init", "-q")
    seen = set()
    git(repo, "commit", "-q", "--allow-empty", "-m", "one")
    seen.add(expect(repo))
    git(repo, "commit", "-q", "--allow-empty", "-m", "two")
    seen.add(expect(repo))
    git(repo, "worktree", "add", "-q", "-b", "other", tree)
    git(tree, "commit", "-q", "--allow-empty", "-m", "three")
    seen.add(expect(tree))
    assert len(seen) == 3, seen


if __name__ == "__main__":
    main()
