// Who computed the run, by its event logs.

const processes = (number) => `${count(number)} process${number === 1 ? '' : 'es'}`;

function showComputation() {
  const work = report.computation;
  if (!work) return leaveOut('computation', 'How it was computed', 'the run has no event logs.');
  const more = work.processes_in_logs - work.processes.length;
  const restarts = work.restarts ? `, ${count(work.restarts)} of them started anew by SLURM` : '';
  const busy = Number.isFinite(work.efficiency) ?
      ` Units that count were in work for ${percent(work.efficiency)} of their time.` :
      '';
  table(
      'computation', 'How it was computed', work.processes,
      [
        ['host', 'host', null],
        ['shard', 'shard', null],
        ['threads', 'threads', count],
        ['units_computed', 'units', count],
        ['units_resumed', 'taken over', count],
        ['units_failed', 'failed', count],
        ['seconds', 'time, s', (value) => number(value, 1)],
        ['busy_seconds', 'of it with units, s', (value) => number(value, 1)],
        ['peak_memory', 'peak memory', mebibytes],
        ['restart', 'restart', count],
      ],
      `${processes(work.processes_in_logs)} on ${plural(work.hosts, 'host')} computed ` +
          `${plural(work.units_computed, 'unit')}${restarts}.${busy}` +
          (more > 0 ? ` ${processes(more)} more in logs/.` : ''));
}
