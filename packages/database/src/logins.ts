/** Signs in for the API and the worker; owns nothing. */
export const APP_LOGIN = 'commons_login'

/** Signs in for the queue, and owns its schema. */
export const QUEUE_LOGIN = 'commons_queue'
export const QUEUE_SCHEMA = 'commons_queue'
