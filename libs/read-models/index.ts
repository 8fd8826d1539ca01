import type { Projection, Question, Rollup } from '@rapport/kernel';
import { complaintFigures, complaints } from './complaints/complaints.projection';
import { complaintsReport } from './complaints/complaints.question';
import { customerProfile } from './customer-profile/customer-profile.projection';
import { profileGaps, profileGapsReport } from './customer-profile/customer-profile.queries';
import { customerTimeline } from './customer-timeline/customer-timeline.projection';
import { lifecycleMoves } from './lifecycle/lifecycle-moves.projection';
import { lifecycle } from './lifecycle/lifecycle.projection';
import { lifecycleReport } from './lifecycle/lifecycle.queries';
import { lifecycleStages, lifecycleTransitions } from './lifecycle/lifecycle.rollups';
import { backlog } from './ticket-queue/backlog.question';
import { ticketBacklog, ticketQueue } from './ticket-queue/ticket-queue.projection';
import { ticketTimeliness, timelinessFigures } from './ticket-timeliness/ticket-timeliness.projection';
import { timeliness } from './ticket-timeliness/timeliness.question';

/** The door for the host: what we know. */
export const readModels: readonly Projection[] = [
  lifecycle,
  lifecycleMoves,
  customerProfile,
  customerTimeline,
  ticketQueue,
  ticketTimeliness,
  complaints,
];
/** Figures over rows, kept true as rows change. */
export const rollups: readonly Rollup[] = [
  lifecycleStages,
  lifecycleTransitions,
  profileGaps,
  ticketBacklog,
  timelinessFigures,
  complaintFigures,
];
/** Reports: questions with parameters of their own. */
export const questions: readonly Question[] = [
  lifecycleReport,
  profileGapsReport,
  backlog,
  timeliness,
  complaintsReport,
];
