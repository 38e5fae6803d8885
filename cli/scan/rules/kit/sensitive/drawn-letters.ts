/** The most frequent pairs of letters in European languages. */
const commonPairs: ReadonlySet<string> = new Set(
  `th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur
  ly ta ri ne me nc ic li ch ll be ma ho la ce co ro io ec el om us no wo rd pa ss sw ap pe di ca po mo lo so il un na
  tr pr ot ut em am ac ee oo ad id fo wi sh wh ge ol ir im ow ke ay oc rs ns ts cr fi vi ev mi mp tt sp su ab ag av ck
  do da fe ff fr ga gi go gh gr ht if ig ie ia ki kn lu mb mu mm nk nn ob od og op os ov pl pp ph qu ru sc sk sl sm tu
  ty ue ui ul um up va vo ye yo we wa wr bo ba bl br bu bi by cu cl cy ef eg ei ep ew ex ey eu au ai aw au ak xt rt rm
  rn rk rr rg rc rl ry dr hr ms my ys ds ok je ja ju jo`.split(/\s+/),
);

/** Matches a text in groups, as it is displayed for typing: `abcd efgh ijkl mnop`. */
const groups = /^[a-z]{4}(?:[ -][a-z]{4}){3}$/;
const together = /^(?:[a-z]{14,40}|[A-Z]{14,40})$/;

/**
 * Whether a text that consists of letters, all in the same case, looks random. An example is an app password of a mail
 * service, such as `qzvk hwbx rjfm tdgy`. This counts the neighbouring letters that form a common pair in European
 * languages: about three in four in words, but only one in three in random texts.
 */
export function looksDrawnOfLetters(text: string): boolean {
  if (!groups.test(text) && !together.test(text)) return false;
  const letters = text.replace(/[ -]/g, '').toLowerCase();
  if (new Set(letters).size < letters.length / 2) return false;
  let common = 0;
  for (let i = 1; i < letters.length; i++) if (commonPairs.has(letters.slice(i - 1, i + 1))) common++;
  return common * 2 <= letters.length - 1;
}
