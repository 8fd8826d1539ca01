import { Unavailable } from '@rapport/kernel';

/** At most `size` jobs at once, the others in line, up to a length; who still stands there when the time is up is sent home. */
export class Window {
  private inside = 0;
  private readonly line: (() => void)[] = [];
  constructor(
    private readonly size: number,
    private readonly lineMax: number,
  ) {}

  /** `until`: when it is too late to begin. */
  async run<T>(until: number, job: () => Promise<T>): Promise<T> {
    if (Date.now() >= until)
      throw new Unavailable('its time was over before its turn came: nothing was sent');
    if (this.inside >= this.size) await this.wait(until);
    else this.inside++;
    try {
      return await job();
    } finally {
      this.leave();
    }
  }

  /** Nothing was sent: whoever is sent home may come again. */
  private wait(until: number): Promise<void> {
    if (this.line.length >= this.lineMax)
      return Promise.reject(new Unavailable(`${this.line.length} appends wait in line already`));
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(() => {
        this.line.splice(this.line.indexOf(enter), 1);
        reject(new Unavailable(`${this.inside} appends in flight, and none of them ended in time`));
      }, until - Date.now());
      this.line.push(enter);
    });
  }

  private leave(): void {
    const next = this.line.shift();
    if (next) next();
    else this.inside--;
  }
}
