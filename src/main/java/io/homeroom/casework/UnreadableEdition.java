package io.homeroom.casework;

import java.util.List;
import org.springframework.beans.FatalBeanException;

/** An amendment that this program cannot read, though the one before could: a server does not start on another law. */
public final class UnreadableEdition extends FatalBeanException {

    private static final long serialVersionUID = 1L;

    /** @param faults all that is wrong, each as {@code EDITION:line:column: message} */
    UnreadableEdition(List<String> faults) {
        super("控制台修订过的规则书，这一版程序读不了，没有启动：\n" + String.join("\n", faults)
                + "\n请用 rulebook text 取出那一版，照新的写法改好，再用 rulebook restate 补上；补上以前可以先用原来的程序");
    }
}
