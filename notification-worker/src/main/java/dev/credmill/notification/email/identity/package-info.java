/** As whom an organization writes, and over whose mail server. */
package dev.credmill.notification.email.identity;
