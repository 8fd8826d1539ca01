import { Command } from 'commander';
import { copyKeys, type KeysCopied } from '@rapport/platform';
import type { Session } from '../session';
import { shown } from '../tables';

/** `rapport keys copy`: keys are never printed, neither here nor elsewhere. */
export const keysCommand = (session: Session): Command =>
  new Command('keys')
    .description('The keys under which personal fields are sealed')
    .addCommand(copyCommand(session));

const copyCommand = (session: Session): Command =>
  new Command('copy')
    .description('Take the keys of the data folder along to PostgreSQL (RAPPORT_POSTGRES)')
    .addHelpText('after', help)
    .action(async () => {
      const copied = await copyKeys(session.place);
      session.answer(copied, told);
      if (copied.leftOut > 0) session.findings();
    });

const told = ({ from, keys, forgotten, leftOut }: KeysCopied): string =>
  [
    `${shown(keys - leftOut)} keys of ${from} are in PostgreSQL, ${shown(forgotten)} of them receipts of people who were forgotten`,
    ...(leftOut === 0
      ? [`destroy ${from} and its copies: as long as they are there, nobody can be forgotten`]
      : [
          `${shown(leftOut)} were LEFT OUT: these people have other keys there, and what was sealed under those here stays sealed`,
        ]),
  ].join('\n');

const help = `
Stop whoever seals with the file first. Running it again changes nothing.

Example:
  RAPPORT_POSTGRES=postgres://rapport:secret@db/crm rapport keys copy --data /var/lib/rapport`;
