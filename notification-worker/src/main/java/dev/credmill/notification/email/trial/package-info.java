/** Messages that people send to themselves, to see what recipients will. */
package dev.credmill.notification.email.trial;
