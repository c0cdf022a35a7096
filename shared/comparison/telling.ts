/**
 * Is the difference of two measurements one that a person would notice: the one rule by which a table says *better by*
 * and advice says *faster*, so that neither contradicts the other. Times need to differ by a ratio and by milliseconds,
 * amounts a second by more, as they vary more from one minute to the next. Pure.
 */
export function isTelling(unit: 'ms' | 'bytesPerSecond' | 'other', one: number, other: number): boolean {
  const [least, most] = [Math.min(one, other), Math.max(one, other)];
  if (!(least > 0)) return false;
  switch (unit) {
    case 'ms':
      return most / least >= 1.3 && most - least > 5;
    case 'bytesPerSecond':
      return most / least >= 1.5;
    case 'other':
      return most / least >= 1.05;
  }
}
