/** What acts when it is clicked. Marked with `data-repeats`, it is meant to be clicked fast, as *next* is. */
const roles = ['button', 'menuitem', 'tab', 'switch', 'checkbox', 'option'];
const acting = ['button', 'a', 'summary', 'label', ...roles.map((role) => `[role=${role}]`)].join();

/**
 * The second click of a double click, and a key held down, are no second order: what lies under the pointer by then
 * may be another button, which takes back what the first one did, or one in a place that the first one led to.
 */
export function ignoreSecondClicks(document: Document): void {
  const swallow = (event: Event, isSecond: boolean) => {
    if (!isSecond || !(event.target instanceof Element)) return;
    const found = event.target.closest(acting);
    if (found === null || found.closest('[data-repeats]') !== null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('click', (event) => swallow(event, event.detail > 1), { capture: true });
  document.addEventListener('keydown', (event) => swallow(event, event.repeat && event.key === 'Enter'), {
    capture: true,
  });
}
