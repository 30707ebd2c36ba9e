package dev.credmill.backing;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.imap.ImapHostManagerImpl;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.InMemoryStore;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import java.util.Collection;
import java.util.List;

/** What GreenMail's IMAP server serves: one user with one folder, which lies on disk. */
final class ImapAccount extends Managers {
  private final ImapHostManager host;
  private final UserManager users;

  ImapAccount(Maildir maildir, String user, String password) {
    OneFolder store = new OneFolder();
    host = new ImapHostManagerImpl(store);
    users = new UserManager(host);
    try {
      GreenMailUser inbox = users.createUser(user, user, password);
      store.replace(host.getInbox(inbox), maildir);
    } catch (UserException | FolderException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ImapHostManager getImapHostManager() {
    return host;
  }

  @Override
  public UserManager getUserManager() {
    return users;
  }

  /** GreenMail's store in memory, with the folder on disk in the place of its INBOX. */
  private static final class OneFolder extends InMemoryStore {
    private MailFolder replaced;
    private MailFolder inbox;

    void replace(MailFolder inMemory, Maildir maildir) {
      replaced = inMemory;
      inbox = new ImapInbox(maildir, inMemory.getFullName());
    }

    @Override
    public MailFolder getMailbox(String name) {
      return seen(super.getMailbox(name));
    }

    @Override
    public MailFolder getMailbox(MailFolder parent, String name) {
      return parent == inbox ? null : seen(super.getMailbox(parent, name));
    }

    @Override
    public Collection<MailFolder> getChildren(MailFolder parent) {
      return parent == inbox
          ? List.of()
          : super.getChildren(parent).stream().map(this::seen).toList();
    }

    @Override
    public Collection<MailFolder> listMailboxes(String pattern) throws FolderException {
      return super.listMailboxes(pattern).stream().map(this::seen).toList();
    }

    @Override
    public MailFolder createMailbox(MailFolder parent, String name, boolean selectable)
        throws FolderException {
      if (inbox != null) {
        throw new FolderException("this mailbox has one folder, INBOX");
      }
      return super.createMailbox(parent, name, selectable);
    }

    @Override
    public void deleteMailbox(MailFolder folder) throws FolderException {
      throw new FolderException("INBOX stays");
    }

    @Override
    public void renameMailbox(MailFolder folder, String name) throws FolderException {
      throw new FolderException("INBOX keeps its name");
    }

    private MailFolder seen(MailFolder folder) {
      return folder != null && folder == replaced ? inbox : folder;
    }
  }
}
