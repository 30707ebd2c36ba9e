/** Text messages over SMPP 3.4, and the receipts that come back. */
package dev.credmill.notification.sms.smpp;
