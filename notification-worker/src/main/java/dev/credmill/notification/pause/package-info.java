/** Has an organization's messages wait when too many of them come back. */
package dev.credmill.notification.pause;
