interface OfTask {
  readonly ticketId: string;
  readonly taskId: string;
}
/** Tasks are told apart within their ticket: `t-1|print`. */
export const ofTask = ({ ticketId, taskId }: OfTask): readonly string[] => [`${ticketId}|${taskId}`];
