/** Servers that organizations name: which of them may be connected to, and how. */
package dev.credmill.notification.server;
