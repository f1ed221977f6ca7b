const { App } = require('aws-cdk-lib');
const { Website } = require('./website');

new Website(new App(), 'Website', { env: { region: 'us-east-1' } });
