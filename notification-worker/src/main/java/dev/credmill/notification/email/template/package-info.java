/** What an organization's emails say: templates per definition and language. */
package dev.credmill.notification.email.template;
