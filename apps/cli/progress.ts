import type { Terminal } from './terminal';

const BAR_WIDTH = 28;
const REDRAW_MS = 100;
/** Where nobody looks: a line for the log every few seconds. */
const LINE_MS = 5_000;

/** A bar on a terminal, plain lines elsewhere, with rate and time left. */
export class Progress {
  private readonly startedAt = performance.now();
  private shownAt = 0;

  constructor(
    private readonly terminal: Terminal,
    private readonly what: string,
  ) {}

  show(done: number, all: number, more = ''): void {
    const { terminal, what } = this;
    const at = performance.now();
    if (at - this.shownAt < (terminal.redraw ? REDRAW_MS : LINE_MS)) return;
    if (this.shownAt === 0 && !terminal.redraw) return void (this.shownAt = at);
    this.shownAt = at;
    const perSecond = done / ((at - this.startedAt) / 1_000);
    const left = perSecond > 0 ? `${Math.ceil((all - done) / perSecond)} s left` : '';
    const share = all === 0 ? 1 : done / all;
    const figures = `${done} of ${all} ${what}, ${Math.round(perSecond)}/s, ${left}${more === '' ? '' : `, ${more}`}`;
    if (terminal.redraw) terminal.redraw(`${bar(share)} ${figures}`);
    else terminal.say(figures);
  }
  /** The bar has done its duty. */
  end(): void {
    this.terminal.redraw?.('');
  }
}

const bar = (share: number): string => {
  const filled = Math.round(Math.min(1, share) * BAR_WIDTH);
  return `[${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
};
