import { helpdesk } from './helpdesk.import';
import type { Import } from './import';
import { incidents } from './incidents.import';
import { onlineRetail } from './online-retail.import';
import { telecomComplaints } from './telecom-complaints.import';

/** Every data set that can be imported. */
export const imports: readonly Import[] = [incidents, onlineRetail, helpdesk, telecomComplaints];
