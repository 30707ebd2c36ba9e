/** To which countries an organization's text messages may go, and how many segments it may pay. */
package dev.credmill.notification.sms.limit;
