import type { Projection, Question, Rollup } from '@rapport/kernel';
import { complaintFigures, complaints } from './complaints/complaints.projection';
import { complaintsReport } from './complaints/complaints.question';
import { backlog } from './ticket-queue/backlog.question';
import { ticketBacklog, ticketQueue } from './ticket-queue/ticket-queue.projection';
import { ticketTimeliness, timelinessFigures } from './ticket-timeliness/ticket-timeliness.projection';
import { timeliness } from './ticket-timeliness/timeliness.question';

/** The door for the host: what we know. */
export const readModels: readonly Projection[] = [ticketQueue, ticketTimeliness, complaints];
/** Figures over rows, kept true as rows change. */
export const rollups: readonly Rollup[] = [ticketBacklog, timelinessFigures, complaintFigures];
/** Reports: questions with parameters of their own. */
export const questions: readonly Question[] = [backlog, timeliness, complaintsReport];
