"""Runs commands on pseudo-terminals of any size."""
import atexit
import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import time


def have_terminals():
    """Mounts pseudo-terminals for as long as the test runs. A bare chroot has none, and only root can do this."""
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        os.makedirs("/dev/pts", exist_ok=True)
        subprocess.run(["mount", "-t", "devpts", "-o", "ptmxmode=666", "devpts", "/dev/pts"], check=True)
        atexit.register(subprocess.run, ["umount", "-l", "/dev/pts"], check=False)


def on_terminal(*command, columns=80, lines=24, resize=None, kill_after=None, **environment):
    """Runs a command with standard error and output on a terminal. Returns the exit code and what the terminal was sent."""
    master, slave = pty.openpty()
    size = lambda width: fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, width, 0, 0))
    size(columns)
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=slave, stderr=slave,
                               env={**os.environ, "TERM": "xterm", **environment})
    sent, began = b"", time.monotonic()
    os.set_blocking(master, False)
    while True:
        ended = process.poll() is not None
        try:
            sent += os.read(master, 65536)
            continue
        except BlockingIOError:
            if ended:
                break
        if resize and time.monotonic() - began > 1.5:
            size(resize)
            resize = None
        if kill_after and time.monotonic() - began > kill_after:
            process.send_signal(signal.SIGTERM)
            kill_after = None
        time.sleep(0.02)
    os.close(slave)
    os.close(master)
    return process.returncode, sent.decode()


def widest(text):
    """Returns the length of the longest line."""
    return max((len(line) for line in text.splitlines()), default=0)
