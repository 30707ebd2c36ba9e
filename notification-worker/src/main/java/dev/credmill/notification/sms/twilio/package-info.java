/** Text messages over Twilio's HTTP API, and what it calls back. */
package dev.credmill.notification.sms.twilio;
