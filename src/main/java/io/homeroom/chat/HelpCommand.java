package io.homeroom.chat;

import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** 帮助: an example of everything that this person may say. */
@Component
class HelpCommand implements Command {

    private final ObjectProvider<Command> all;
    private final Lawbook laws;
    private final BusinessClock clock;

    HelpCommand(ObjectProvider<Command> all, Lawbook laws, BusinessClock clock) {
        this.all = all;
        this.laws = laws;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 900;
    }

    @Override
    public String key() {
        return "help";
    }

    @Override
    public String word() {
        return "帮助";
    }

    @Override
    public List<String> says() {
        return List.of("怎么用", "能做什么", "能干什么", "有什么功能", "菜单", "说明", "help", "你好", "在吗");
    }

    @Override
    public String help() {
        return "";
    }

    @Override
    public boolean open(StaffMember who) {
        return true;
    }

    @Override
    public StaffReply said(Said said) {
        List<String> lines =
                StaffRoom.offered(all.stream().toList(), said.who(), laws.of(Tenant.current(), clock.today())).stream()
                        .map(Command::help)
                        .filter(line -> !line.isEmpty())
                        .toList();
        return StaffReply.of("可以这样说，错个字、只打拼音首字母也行：\n" + String.join("\n", lines));
    }
}
