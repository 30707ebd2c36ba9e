/** What people try out before recipients see it, and how often they may. */
package dev.credmill.notification.email.trial;
