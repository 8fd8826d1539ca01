export { Answering, assertReading, READING_ABOUT, ReadingParams } from './answering';
export { Application, type CommandEntry, type Plan } from './application';
export { asyncApiOf } from './async-api';
export { columnsTold, type ColumnTold } from './columns';
export { dispatch, handlersOf, sentAs } from './command-bus';
export { Freshness, NotYet, type Fresh } from './freshness';
export { ticketFileIn } from './filled-templates';
export { fromText } from './from-text';
export {
  processSurroundings,
  runHost,
  serve,
  stopOnSignals,
  type Open,
  type Service,
  type Surroundings,
} from './host';
export { HttpModule } from './http/http.module';
export { httpService } from './http/http-service';
export { maySendCommands } from './http/roles';
export { openApiOf } from './http/open-api';
export { copyKeys, KeysLeftBehind, NoKeys, type KeysCopied } from './keys-elsewhere';
export { isServer, openLog, overlap, placeText, type LogPlace } from './logs';
export { HEAD_AGE_SECONDS_MAX, LogHead, type SeenHead } from './log-head';
export type { Loop } from './loop';
export {
  filesIn,
  openAt,
  openEmbedded,
  openProduct,
  openThreaded,
  placeIn,
  type Opening,
  type Place,
} from './opening';
export { converse, type Messaging } from './messaging';
export { planned } from './planned';
export { followerNamed, followersOf, UnknownFollower, type Follower } from './operations/followers';
export { byLease, type IsThere } from './operations/keepers';
export { orderShown, type OrderShown } from './operations/orders';
export {
  BadPlace,
  eventsOf,
  PARKED_PAGE_MAX,
  parkedEvents,
  parkedKeys,
  type Page,
  type ParkedEventInFull,
  type ParkedKey,
} from './operations/parked';
export { standingsOf, type Looking, type Standing } from './operations/standings';
export { LagWatch } from './lag-watch';
export { assertThere, NoData, openOperating, openReading } from './reading';
export { THREADS_MAX, type RebuildsHow } from './rebuild/crew';
export {
  builtTold,
  comparedTold,
  switchedTold,
  type BuiltTold,
  type ComparedTold,
  type SwitchedTold,
} from './rebuild/told';
export { openWorkshop, rebuildsOf, type Workshop } from './rebuild/workshop';
export { BREACHES_LISTED_MAX, SLA_MOMENTS, slaWhatIf, type SlaWhatIf } from './whatif/sla-what-if';
export { ROLES, type LoopName, type Role } from './roles';
export { RowsOfAnotherLog } from './rows-of-another-log';
export { namesNear } from './near-names';
export { schemaOf } from './schemas';
export { BadSettings, Settings, settingsFrom, VARIABLES, variablesTable } from './settings';
export { sizesOnServer } from './stores';
export { START_EXIT } from './start-failure';
export { Ticker } from './ticker';
export { CannotConnect, WrongAddress } from '@rapport/adapters/eventstoredb';
export { PostgresUnusable } from '@rapport/adapters/postgres';
export { AlreadyOwned } from '@rapport/adapters/sqlite';
export {
  FileJournal,
  imports,
  runImport,
  WrongFile,
  type ImportReport,
  type ReplayProgress,
} from '@rapport/integration';
export {
  tableText,
  TEMPLATE_FORMATS,
  TEMPLATE_LANGUAGES,
  TICKET_TEMPLATES,
  type TemplateFormat,
  type TemplateLanguage,
  type TicketFile,
} from '@rapport/read-models';
export { ticketIdIn } from './ticket-number';
