export { Application, type CommandEntry, type Plan } from './application';
export { filesIn, openEmbedded, type Embedded } from './embedded';
