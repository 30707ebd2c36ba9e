/** Messages that come back by email, and complaints about them. */
package dev.credmill.notification.bounce;
