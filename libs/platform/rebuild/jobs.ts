import { randomUUID } from 'node:crypto';
import { NotStill, StandsStill, type JobHow, type RebuildProgress, type Rebuilds } from '@rapport/kernel';
import type { Application } from '../application';
import { EdgeProblem, problemOf, type ProblemDetails } from '../problem';
import { rebuildsOf } from './workshop';

export type JobState = 'RUNNING' | 'DONE' | 'STOPPED' | 'FAILED';
export type JobKind = 'rebuild' | 'compare' | 'switch' | 'rollback' | 'discard';

/** One thing that an operator has asked for, from its beginning to its end, and what came of it. */
export interface RebuildJob {
  readonly id: string;
  readonly what: JobKind;
  readonly model: string;
  readonly by: string;
  readonly state: JobState;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly progress: JobProgress | null;
  readonly report: object | null;
  readonly problem: Pick<ProblemDetails, 'code' | 'detail'> | null;
}
export interface JobProgress extends RebuildProgress {
  readonly eventsPerSecond: number;
  /** Null: nobody can tell yet. */
  readonly secondsLeft: number | null;
}
export interface JobOrder extends Pick<RebuildJob, 'what' | 'model' | 'by'> {
  readonly threads?: number | undefined;
  readonly eventsPerSecond?: number | undefined;
}
/** Jobs that can be asked about afterwards: the oldest are forgotten. */
const JOBS_KEPT = 50;

/** What operators have done with read models in this process: one thing at a time, beside its ordinary work. */
export class RebuildJobs {
  private jobs: RebuildJob[] = [];
  private underWay: { readonly id: string; readonly ending: AbortController; ended: Promise<void> } | null =
    null;

  constructor(
    private readonly application: Application,
    /** A bug or a broken world: more is known of it than is told. */
    private readonly onFault: (error: unknown, problem: ProblemDetails) => void,
  ) {}

  get all(): readonly RebuildJob[] {
    return [...this.jobs].reverse();
  }
  find(id: string): RebuildJob | undefined {
    return this.jobs.find((job) => job.id === id);
  }

  /** Answers at once; what comes of it is found under its id. Throws `EdgeProblem` while another one is under way. */
  begin(order: JobOrder, work: (rebuilds: Rebuilds, how: JobHow) => Promise<object>): RebuildJob {
    if (this.underWay) throw busy(this.underWay.id);
    const job: RebuildJob = {
      ...{ id: randomUUID(), what: order.what, model: order.model, by: order.by, state: 'RUNNING' },
      ...{ startedAt: new Date().toISOString(), endedAt: null, progress: null, report: null, problem: null },
    };
    this.jobs = [...this.jobs, job].slice(-JOBS_KEPT);
    const ending = new AbortController();
    this.underWay = { id: job.id, ending, ended: Promise.resolve() };
    this.underWay.ended = this.run(job.id, order, ending.signal, work);
    return job;
  }
  /** It ends after the step that it is in. False where it has ended. */
  stop(id: string): boolean {
    if (this.underWay?.id !== id) return false;
    this.underWay.ending.abort();
    return true;
  }
  /** Ends what is under way in good order, and waits for it. */
  async close(): Promise<void> {
    this.underWay?.ending.abort();
    await this.underWay?.ended;
  }

  private async run(
    id: string,
    order: JobOrder,
    signal: AbortSignal,
    work: (rebuilds: Rebuilds, how: JobHow) => Promise<object>,
  ): Promise<void> {
    try {
      const report = await this.done(id, order, signal, work);
      this.change(id, { state: signal.aborted ? 'STOPPED' : 'DONE', report });
    } catch (error) {
      const problem = problemIn(error);
      if (problem.status >= 500) this.onFault(error, problem);
      this.change(id, { state: 'FAILED', problem: { code: problem.code, detail: problem.detail } });
    }
    this.change(id, { endedAt: new Date().toISOString(), progress: null });
    this.underWay = null;
  }
  private async done(
    id: string,
    { by, threads, eventsPerSecond }: JobOrder,
    signal: AbortSignal,
    work: (rebuilds: Rebuilds, how: JobHow) => Promise<object>,
  ): Promise<object> {
    const { kept } = this.application.plan;
    const { rebuilds, crew } = await rebuildsOf(this.application, kept?.place ?? null, by, {
      ...kept,
      threads,
    });
    const onProgress = this.progressOf(id);
    try {
      return await work(rebuilds, {
        signal,
        onProgress,
        ...(eventsPerSecond !== undefined && { eventsPerSecond }),
      });
    } finally {
      await crew.close();
    }
  }

  /** Each part of the work goes at its own pace. */
  private progressOf(id: string): (progress: RebuildProgress) => void {
    let [doing, since] = ['', performance.now()];
    return (progress) => {
      if (progress.doing !== doing || progress.events === 0)
        [doing, since] = [progress.doing, performance.now()];
      const perSecond = progress.events / Math.max(0.001, (performance.now() - since) / 1_000);
      const left = perSecond > 0 ? Math.ceil((progress.eventsAll - progress.events) / perSecond) : null;
      const events = Math.round(progress.events);
      const told = { ...progress, events, eventsPerSecond: Math.round(perSecond), secondsLeft: left };
      this.change(id, { progress: told });
    };
  }
  private change(id: string, change: Partial<RebuildJob>): void {
    this.jobs = this.jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
  }
}

const busy = (id: string): EdgeProblem =>
  new EdgeProblem(409, 'JOB_UNDER_WAY', 'this process is at another job: wait for it, or stop it', {
    jobId: id,
  });

/** What an operator can do something about is told in its own words. */
const problemIn = (error: unknown): ProblemDetails => {
  if (error instanceof NotStill) return problemOf(new EdgeProblem(409, 'NOT_STILL', error.message));
  if (error instanceof StandsStill) return problemOf(new EdgeProblem(409, 'STANDS_STILL', error.message));
  return problemOf(error);
};
