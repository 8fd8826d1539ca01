import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { Kept } from './kept';

type Options = ReadReq.Options.FilterOptions;

/** Does a subscription to all want this event? */
export const matcher = (filter: Options | undefined): ((event: Kept) => boolean) => {
  if (!filter) return () => true;
  const expression = (filter.getStreamIdentifier() ?? filter.getEventType())!;
  const text = ({ stream, type }: Kept) => (filter.hasStreamIdentifier() ? stream : type);
  const prefixes = expression.getPrefixList();
  if (!expression.getRegex()) return (event) => prefixes.some((prefix) => text(event).startsWith(prefix));
  const pattern = new RegExp(expression.getRegex());
  return (event) => pattern.test(text(event));
};
