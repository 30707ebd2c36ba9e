/** What SendGrid reports. */
package dev.credmill.notification.callback.sendgrid;
