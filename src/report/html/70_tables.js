// The tables, and facts about the run.

/** Adds a table. @param columns [[key, heading, format]]; format is null for text */
function table(host, title, rows, columns, note, chosen = () => false) {
  if (!rows.length) return;
  const used = columns.filter(([key]) => rows.some((row) => row[key] !== undefined && row[key] !== ''));
  const head = element(
      'tr', {},
      ...used.map(([, heading, format]) => element('th', {scope: 'col', class: format ? undefined : 'text'}, heading)));
  const body = rows.map(
      (row) => element(
          'tr', {class: chosen(row) ? 'chosen' : undefined},
          ...used.map(
              ([key, , format]) => element(
                  'td', {class: format ? undefined : 'text'}, format ? format(row[key]) : String(row[key] ?? '')))));
  const frame = element(
      'div', {class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': title},
      element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
  at(host).append(element('h3', {}, title), frame);
  if (note) at(host).append(element('p', {class: 'says'}, note));
}

const inBps = (value) => number(value, 3);
const axisColumns = () =>
    axisKeys.map((axis) => [axis, isMoney(axis) ? `${axisName(axis)}, ¢` : axisName(axis), bareParameter(axis)]);
const structuralColumns = () => Object.keys(best.structural ?? {}).map((key) => [key, key, null]);

function showPoints() {
  const rows = objectsOf(report.points);
  const more = report.points.rows_in_file - rows.length;
  if (rows.every((row) => row.objective === row.slippage_bps))
    rows.forEach((row) => {
      delete row.objective;
    });
  table(
      'points_table', 'Best points', rows,
      [
        ['rank', 'rank', count],
        ...structuralColumns(),
        ['point', 'point', count],
        ...axisColumns(),
        ['objective', 'objective', inBps],
        ['slippage_bps', 'bps, mean of days', inBps],
        ['std_bps', 'std over days, bps', inBps],
        ['worst_day_bps', 'worst day, bps', inBps],
        ['slippage', 'slippage, $', (value) => number(value, 2)],
        ['avg_price', 'average price, $', (value) => number(value, 5)],
        ['missing_shares', 'missing shares', count],
      ],
      more > 0 ? `${plural(more, 'more point')} in summary.csv.` : '');
}

function showDays() {
  const more = report.days.rows_in_file - report.days.rows.length;
  table(
      'days_table', 'Days', days,
      [
        ['symbol', 'symbol', null],
        ['date', 'date', null],
        ['status', 'status', null],
        ...axisColumns(),
        ['ties', 'ties', count],
        ['slippage_bps', 'that day’s best, bps', inBps],
        ['overall_best_bps', 'best point, bps', inBps],
        ['equal_split_bps', 'equal split, bps', inBps],
        ['all_limit_bps', 'all limit, bps', inBps],
        ['all_market_bps', 'all market, bps', inBps],
        ['immediate_bps', 'immediate, bps', inBps],
        ['avg_price', 'average price, $', (value) => number(value, 4)],
        ['slices', 'slices', count],
        ['cold', 'cold', count],
      ],
      'The parameters are those of each day’s own best point.' +
          (more > 0 ? ` ${plural(more, 'more row')} in days.csv.` : ''));
}

function showStructuralPoints() {
  const rows = (best.variants ?? []).map((one) => ({
                                           ...one.structural,
                                           ...one.best_parameters,
                                           bps: one.slippage?.bps,
                                           ties: one.ties,
                                           structural: one.structural
                                         }));
  const same = (row) => Object.entries(best.structural).every(([key, value]) => row.structural[key] === value);
  table(
      'structural_table', 'Structural points', rows,
      [...structuralColumns(), ...axisColumns(), ['bps', 'bps', inBps], ['ties', 'ties', count]], '', same);
}

const mebibytes = (bytes) => `${count(bytes / 2 ** 20)} MiB`;

/** Lists what the run took, beside what the probe of `plan` predicted. */
function effortFacts(manifest) {
  const predicted = manifest.predicted;
  const beside = (text) => predicted ? ` (predicted: ${text()})` : '';
  const threads = (number) => plural(number, 'thread');
  const isWhole = !manifest.units_resumed;  // Otherwise the time does not cover all units.
  return [
    [
      'Time',
      `${seconds(manifest.wall_seconds)} on ${threads(manifest.threads)} of ${manifest.host}` +
          (isWhole ? beside(() => `${seconds(predicted.seconds)} on ${threads(predicted.threads)}`) : '')
    ],
    !isWhole && predicted &&
        ['All units by one process', `predicted: ${seconds(predicted.seconds)} on ${threads(predicted.threads)}`],
    manifest.peak_memory &&
        ['Peak memory', mebibytes(manifest.peak_memory) + beside(() => mebibytes(predicted.peak_memory))],
    manifest.disk && ['On disk', mebibytes(manifest.disk) + beside(() => mebibytes(predicted.disk))],
  ];
}

function showFacts() {
  const manifest = report.manifest;
  if (!manifest) return at('run').remove();
  const {program} = manifest;
  const days = manifest.days?.length ?? manifest.units;
  const computed = manifest.units - (manifest.units_resumed ?? 0);
  const speed = computed / manifest.units * manifest.points * days / manifest.wall_seconds;
  const pairs = [
    ['Router', identity('router')],
    ['Objective', identity('objective') ?? 'total cost'],
    ['Points × symbol-days', `${count(manifest.points)} × ${count(days)}`],
    ...effortFacts(manifest),
    computed && ['Speed', `${speed < 1e6 ? count(speed) : `${short(speed / 1e6)} million`} points × days a second`],
    manifest.units_resumed && ['Resumed', plural(manifest.units_resumed, 'unit')],
    best.slices && ['Slices', `${count(best.slices.total)}, of which ${count(best.slices.cold)} cold`],
    ['Ended', manifest.ended_at.replace('T', ' ').replace(/\.\d+Z/, ' UTC')],
    ['Program', `sorsweep ${program.version}, ${program.git_sha}`],
    ['Built with', `${program.compiler}, ${program.build_type}, ${program.cpu_baseline}`],
    ['Run', manifest.run_id],
    ['Hash of the config', manifest.config_hash],
    ['Hash of the results', best.result_hash],
  ].filter(Boolean);
  at('facts').append(
      element(
          'dl', {class: 'facts'},
          ...pairs.map(([term, text]) => element('div', {}, element('dt', {}, term), element('dd', {}, text)))),
      element(
          'details', {}, element('summary', {}, 'Everything that the results depend on'),
          element('pre', {}, manifest.identity.join('\n'))));
}

const processes = (number) => `${count(number)} process${number === 1 ? '' : 'es'}`;

/** Shows which processes computed the run, according to its event logs. */
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

/** Lists at the foot of the page what is missing, and why. */
function showAbsent() {
  if (absent.length)
    at('absent').append('Not shown: ', element('ul', {}, ...absent.map((text) => element('li', {}, text))));
  else
    at('absent').remove();
}
