package dev.credmill.contracts.event;

/** By what a recipient is reached: the "medium of invitation". */
public enum Medium {
  EMAIL,
  SMS
}
