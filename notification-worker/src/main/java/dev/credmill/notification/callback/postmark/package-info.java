/** What Postmark reports. */
package dev.credmill.notification.callback.postmark;
