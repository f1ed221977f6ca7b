import { createServeCommand } from './commands/serve';

// The whole of the container image's program: the other commands need the CDK, or an AWS account.
void createServeCommand().parseAsync();
