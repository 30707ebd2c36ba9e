/** What providers of email report on messages by calling back. */
package dev.credmill.notification.callback;
