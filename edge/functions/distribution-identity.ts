/** The distribution's id and domain in events; AWS assigns them only when it is deployed. */
export const DISTRIBUTION_ID = 'EDGECROPLOCAL';
export const DISTRIBUTION_DOMAIN_NAME = 'edgecrop.cloudfront.net';
