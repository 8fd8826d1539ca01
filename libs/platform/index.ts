export { Application, type CommandEntry, type Plan } from './application';
export { asyncApiOf } from './async-api';
export { dispatch, handlersOf, sentAs } from './command-bus';
export { filesIn, openEmbedded, type Embedded } from './embedded';
export { fromText } from './from-text';
export {
  processSurroundings,
  runStandalone,
  serve,
  stopOnSignals,
  type Service,
  type Surroundings,
} from './host';
export { HttpModule } from './http/http.module';
export { httpService } from './http/http-service';
export { maySendCommands } from './http/roles';
export { openApiOf } from './http/open-api';
export { isServer, openLog, overlap, placeText, type LogPlace } from './logs';
export { planned } from './planned';
export { NoData, openReading } from './reading';
export { namesNear } from './near-names';
export { schemaOf } from './schemas';
export { BadSettings, Settings, settingsFrom, VARIABLES, variablesTable } from './settings';
export { Ticker } from './ticker';
export { CannotConnect, WrongAddress } from '@rapport/adapters/eventstoredb';
export { AlreadyOwned } from '@rapport/adapters/sqlite';
export {
  FileJournal,
  imports,
  runImport,
  WrongFile,
  type ImportReport,
  type ReplayProgress,
} from '@rapport/integration';
