import { ensureLogGroup } from './cloudwatch-logs';
import { createHandler } from './handler';

export const handler = createHandler(ensureLogGroup);
