// Which processes computed the run, according to its event logs.

const processes = (number) => `${count(number)} process${number === 1 ? '' : 'es'}`;

function showComputation() {
  const work = report.computation;
  if (!work) return leaveOut('computation', 'How it was computed', 'the run has no event logs.');
  const more = work.processes_in_logs - work.processes.length;
  const restarts = work.restarts ? `, ${count(work.restarts)} of them restarted by SLURM` : '';
  const busy = !Number.isFinite(work.efficiency) ? '' :
      work.efficiency > 0.995                    ? ' No time was lost to failed or repeated units.' :
                                ` ${percent(work.efficiency)} of their time went into units that count.`;
  table(
      'computation', 'How it was computed', work.processes,
      [
        ['host', 'host', null],
        ['shard', 'shard', null],
        ['threads', 'threads', count],
        ['units_computed', 'units', count],
        ['units_resumed', 'resumed', count],
        ['units_failed', 'failed', count],
        ['seconds', 'time, s', (value) => number(value, 1)],
        ['busy_seconds', 'busy, s', (value) => number(value, 1)],
        ['peak_memory', 'peak memory', mebibytes],
        ['restart', 'restart', count],
      ],
      `${processes(work.processes_in_logs)} on ${plural(work.hosts, 'host')} computed ` +
          `${plural(work.units_computed, 'unit')}${restarts}.${busy}` +
          (more > 0 ? ` logs/ has ${count(more)} more ${more === 1 ? 'process' : 'processes'}.` : ''));
}
