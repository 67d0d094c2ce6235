/** How far up from what is pointed at the cut text may be. */
const STEPS = 4;

/** Gives what is cut by its room its whole text as a title once somebody points at it or reaches it by keys, wherever on a page that is. */
export function startCutTitles(): void {
  // A cell that is drawn again for another row says what stands in it now.
  const given = new WeakSet<HTMLElement>();
  const tell = ({ target }: Event) => {
    let element = target instanceof HTMLElement ? target : null;
    for (let step = 0; element && step < STEPS; step++, element = element.parentElement) {
      if (element.title && !given.has(element)) return;
      if (getComputedStyle(element).textOverflow !== 'ellipsis') continue;
      const cut = element.scrollWidth > element.clientWidth;
      if (!cut && !given.has(element)) continue;
      element.title = cut ? element.textContent.trim() : '';
      given.add(element);
      return;
    }
  };
  document.addEventListener('pointerover', tell);
  document.addEventListener('focusin', tell);
}
