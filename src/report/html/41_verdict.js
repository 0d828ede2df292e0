// Below the cards: whether the answer is robust, in sentences, and what to watch out for.

/** Returns a sentence of the verdict in the page's words, as parts of a list item. */
function plainSentence(sentence) {
  const words = sentence.replace(/\b(immediate|all_market|all_limit|equal_split)\b/g, theYardstick)
                    .replace(/([ (])-(?=\d)/g, `$1${MINUS}`)
                    .replace(/(?<![.\d])\d{4,}(?![.\d])/g, (digits) => count(Number(digits)))
                    .replace(/(\d) (bps|%)/g, `$1${NO_BREAK}$2`);
  const [before, after] = words.split(/the runner-up \([^)]*\)/);
  return after === undefined ? [words] : [before, runnerUp('the runner-up'), after];
}

/** Says what the best point costs without the flagged rows of the data. */
function qualitySentence() {
  const quality = best.data_quality;
  if (!quality) return null;
  if (quality.skipped !== undefined) {
    absent.push(`Data quality: ${quality.skipped}`);
    return null;
  }
  const asked = quality.days_looked_at < best.days?.total ? ` on ${quality.days_looked_at} of the days` : '';
  if (!quality.rows_removed) return [`No row of the data is flagged${asked}.`];
  const change = quality.difference_bps;
  const lost = quality.days_lost ? `; ${plural(quality.days_lost, 'day')} cannot be traded without them` : '';
  return [`Without the ${plural(quality.rows_removed, 'flagged row')} the best point costs ${
      change === 0 ? 'the same' : `${bps(Math.abs(change))} ${change > 0 ? 'more' : 'less'}`}${asked}${lost}.`];
}

function fillVerdict() {
  const verdict = report.verdict;
  // The lead has told of ties already.
  const said = (verdict?.sentences ?? []).filter((text) => !text.includes('equally good')).map(plainSentence);
  const quality = qualitySentence();
  if (quality) said.push(quality);
  if (said.length)
    at('verdict').append(element(
        'ul', {class: `notice ${verdict?.standing === 'better' ? 'good' : 'calm'}`},
        ...said.map((parts) => element('li', {}, ...parts))));
}

function fillNotices() {
  const notice = (text) => at('notices').append(element('p', {class: 'notice'}, text));
  if (edges().length)
    notice(`The best point lies on the edge of the grid. Cheaper ones may lie beyond: try ${list(edges())}.`);
  for (const {axes: [first, second], ratio} of best.audit?.confounded ?? [])
    notice(`${axisName(first)} and ${axisName(second)} only matter together: results depend on ${axisName(first)} + ${
        Number(ratio.toPrecision(4))} × ${axisName(second)} alone.`);
  const unfilled = (best.days?.not_filled ?? 0) + (best.days?.no_data ?? 0);
  if (unfilled)
    notice(`${plural(unfilled, 'symbol-day')} of ${
        best.days.total} did not trade the whole order (not filled, or without data).`);
  const broken = best.at_best?.slices_breaking_a1_to_a3;
  if (broken)
    notice(`The best point breaks the model’s assumptions (A1–A3) in ${count(broken)} of ${
        count(best.at_best.slices)} slices.`);
  if (!charts)
    notice(
        'This build of sorsweep has no chart library, so the page has tables only. ' +
        'Install libjs-vega, build again and run `sorsweep report`.');
}
