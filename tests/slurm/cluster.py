"""A real SLURM of three nodes on this machine, for one test: started in a private folder on loopback, ended with the test.

    with Cluster() as cluster:
        cluster.run("sbatch", "job.sh")
        cluster.kill_node("n2")

Needs Debian's slurmctld, slurmd, slurm-client and munge, no systemd and no configuration of the machine. All processes are
descendants of the test: it adopts what its daemons leave behind, so that nothing survives it.
"""
import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel", "sinfo"]
PATHS = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
SUBREAPER, DEATH_SIGNAL = 36, 1  # of prctl
libc = ctypes.CDLL(None, use_errno=True)

CONF = """\
ClusterName=sorsweep
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket,cred_expire=5
{loopback}
SlurmctldPidFile={folder}/slurmctld.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmdLogFile={folder}/log/slurmd-%n.log
SlurmdSpoolDir={folder}/spool/%n
StateSaveLocation={folder}/state
PlugStackConfig={folder}/plugstack.conf
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=200
SlurmdParameters=config_overrides
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1
KillWait=5
SlurmdTimeout=6
SlurmctldTimeout=30
TCPTimeout=2
MessageTimeout=10
MinJobAge=600
MaxArraySize={max_array}
MailProg=/bin/true
SlurmctldDebug=info
SlurmdDebug=info
{nodes}
PartitionName=test Nodes={names} Default=YES MaxTime=INFINITE DefaultTime=10 LLN=YES State=UP
"""


def processes():
    """{pid: (parent, state, name)} of all that run here."""
    found = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        name = text[text.index("(") + 1:text.rindex(")")]
        state, parent = text[text.rindex(")") + 2:].split()[:2]
        found[int(stat.parent.name)] = (int(parent), state, name)
    return found


def descendants(root, running=None):
    running = running or processes()
    children = {}
    for pid, (parent, state, _) in running.items():
        if state != "Z":
            children.setdefault(parent, []).append(pid)
    found, left = [], [root]
    while left:
        below = children.get(left.pop(), [])
        found += below
        left += below
    return found


def kill(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def environment_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def wait_until(holds, seconds, what, step=0.1):
    """Polls; the limit is for what never comes, no test depends on how long it took."""
    end = time.monotonic() + seconds
    while not (result := holds()):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(step)
    return result


def skip(reason):
    """In CI a test that cannot run is a failure: tests/CMakeLists.txt counts 77 as skipped."""
    print(f"skipped: {reason}")
    sys.exit(1 if os.environ.get("CI") else SKIPPED)


def missing_programs():
    return [name for name in PROGRAMS if not shutil.which(name, path=PATHS)]


def end_on_sigterm(*_):
    sys.exit(143)


class Cluster:
    """Elements are spread over the nodes (LLN). Nodes are to be started and killed by one and the same thread: the kernel ends
    a daemon with the thread that started it.

    max_array: MaxArraySize, so indices end one below. cpus: of each node; they are a word only, the machine's cores are
    shared."""

    def __init__(self, nodes=3, cpus=4, memory_mb=4000, max_array=1001):
        self.names = [f"n{i + 1}" for i in range(nodes)]
        self.cpus, self.memory_mb, self.max_array = cpus, memory_mb, max_array
        self.daemons = {}
        self.folder = None

    def __enter__(self):
        if missing := missing_programs():
            skip(f"no {', '.join(missing)}: apt-get install slurmctld slurmd slurm-client munge")
        if not pathlib.Path("/proc/self/stat").exists():
            skip("no /proc here, which slurmd reads")
        libc.prctl(SUBREAPER, 1, 0, 0, 0)
        signal.signal(signal.SIGTERM, end_on_sigterm)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sorsweep-slurm-"))  # short: a socket's path ends at 108
        try:
            self._start()
        except BaseException as error:
            logs = self.logs()
            self._stop()
            if os.getuid() != 0 and isinstance(error, TimeoutError):
                skip(f"not root, and the cluster does not start: {error}")
            print(logs)
            raise
        return self

    def __exit__(self, kind, *_):
        if kind is not None and kind is not SystemExit:
            print(self.logs())
        self._stop()

    # --- starting and ending ---

    def _start(self):
        for name in ("log", "spool", "state", "munge"):
            (self.folder / name).mkdir(mode=0o755)
        self.folder.chmod(0o755)
        (self.folder / "state").chmod(0o700)
        self._write_conf()
        self._start_munge()
        self._launch("slurmctld", "slurmctld", "-D", "-f", self.conf)
        for name in self.names:
            self.start_node(name)
        wait_until(self._are_idle, 60, "all nodes idle")

    def _write_conf(self):
        controller, *ports = free_ports(1 + len(self.names))
        nodes = [f"NodeName={name} NodeAddr=127.0.0.1 Port={port} CPUs={self.cpus} Boards=1 SocketsPerBoard=1 "
                 f"CoresPerSocket={self.cpus} ThreadsPerCore=1 RealMemory={self.memory_mb} State=UNKNOWN"
                 for name, port in zip(self.names, ports)]
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        (self.folder / "plugstack.conf").touch()
        (self.folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")  # not looked for: nothing uses it
        self.conf.write_text(CONF.format(
            host=socket.gethostname().split(".")[0], controller=controller, user=user, folder=self.folder,
            max_array=self.max_array, names=",".join(self.names), nodes="\n".join(nodes), loopback=self._loopback()))

    @staticmethod
    def _loopback():
        """Listening on loopback alone needs a host whose name is there; a bare machine may have no /etc/hosts."""
        try:
            local = socket.gethostbyname(socket.gethostname()).startswith("127.")
        except OSError:
            local = False
        return "CommunicationParameters=NoCtldInAddrAny,NoInAddrAny" if local else ""

    def _start_munge(self):
        munge = self.folder / "munge"
        key = munge / "key"
        key.touch(0o600)
        key.write_bytes(os.urandom(128))
        self._launch("munged", "munged", "--foreground", "--force", f"--socket={munge / 'socket'}", f"--key-file={key}",
                     f"--pid-file={munge / 'pid'}", f"--seed-file={munge / 'seed'}",
                     f"--log-file={self.folder / 'log' / 'munged.log'}", "--origin=127.0.0.1")
        wait_until((munge / "socket").exists, 30, "munged's socket")

    def _launch(self, name, *command):
        def prepare():  # what is left when the test is killed by -9
            libc.prctl(DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)

        with open(self.folder / "log" / f"{name}.out", "ab") as output:
            self.daemons[name] = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env=self.environment(), start_new_session=True, preexec_fn=prepare, cwd=self.folder)

    def _are_idle(self):
        for name, daemon in self.daemons.items():
            if daemon.poll() is not None:
                raise TimeoutError(f"{name} ended with {daemon.returncode}")
        states = self.run("sinfo", "-h", "-N", "-o", "%T", check=False).stdout.split()
        return states == ["idle"] * len(self.names)

    def _stop(self):
        """Daemons first, so that no job begins again; then whatever came of them."""
        for daemon in self.daemons.values():
            kill([daemon.pid])
            daemon.wait()
        while left := descendants(os.getpid()):
            kill(left)
            self._reap()
            time.sleep(0.02)
        self._reap()
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _reap():
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass

    # --- what a test does with it ---

    @property
    def conf(self):
        return self.folder / "slurm.conf"

    def environment(self, **more):
        """Without what an outer SLURM or a shell may have set."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("SLURM", "SBATCH", "SORSWEEP"))}
        return {**kept, "PATH": PATHS, "SLURM_CONF": str(self.conf), **{k: str(v) for k, v in more.items()}}

    def run(self, *command, check=True, env=None, cwd=None):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd,
                              env=self.environment(**(env or {})))
        if check and done.returncode:
            raise RuntimeError(f"exit code {done.returncode}: {command}\n{done.stdout}{done.stderr}")
        return done

    def queue(self, *options):
        """Lists of the fields id, state, node of each element that has not ended: [["7_1", "RUNNING", "n2"], ...]."""
        rows = self.run("squeue", "-h", "-r", "-o", "%i|%T|%N", *options).stdout.splitlines()
        return [row.split("|") for row in rows]

    def job_facts(self, job):
        """What the controller knows of a job that runs or has ended: a dict for each of its elements."""
        lines = self.run("scontrol", "-o", "show", "job", job).stdout.splitlines()
        return [dict(word.split("=", 1) for word in line.split() if "=" in word) for line in lines]

    def exit_code(self, job):
        """Of a job that has ended."""
        return int(self.job_facts(job)[0]["ExitCode"].split(":")[0])

    def start_node(self, name):
        (self.folder / "spool" / name).mkdir(exist_ok=True)
        self._launch(name, "slurmd", "-D", "-N", name, "-f", self.conf)

    def kill_node(self, name):
        """All at once, and nobody is told: the controller finds out after half a minute."""
        self._kill_slurmd(name)
        while any(pids := self._job_processes(name)):
            for group in pids:
                kill(group)
            time.sleep(0.02)

    def cut_off_node(self, name):
        """Its jobs live on; the controller is told that it is dead, else a job that ends soon is in time to say so."""
        self._kill_slurmd(name)
        self.run("scontrol", "update", f"nodename={name}", "state=down", "reason=cut-off")

    def _kill_slurmd(self, name):
        daemon = self.daemons.pop(name)
        kill([daemon.pid])
        daemon.wait()

    def _job_processes(self, node):
        """Its slurmstepds, and what they run. A job's processes know their node; the slurmstepd above them does not say it.
        It goes first: else it reports that its job was killed, as a node that loses power does not."""
        mark, jobs, above, running = f"SLURMD_NODENAME={node}".encode(), set(), set(), processes()
        for pid in descendants(os.getpid(), running):
            if mark in environment_of(pid):
                jobs.add(pid)
                parent = running[pid][0]
                if running.get(parent, ("", "", ""))[2] == "slurmstepd":
                    above.add(parent)
        return above, jobs

    def logs(self):
        parts = []
        for path in sorted((self.folder / "log").glob("*")):
            lines = path.read_text(errors="replace").splitlines()[-30:]
            parts.append("\n".join([f"--- {path.name}", *lines]))
        return "\n".join(parts)
