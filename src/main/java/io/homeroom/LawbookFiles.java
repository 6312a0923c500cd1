package io.homeroom;

import io.homeroom.rulebook.Fault;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.Associations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Loads each association's rulebook from {@code homeroom.associations.{code}.rulebook}, by default {@code
 * config/rulebooks/{code}.yaml}: a file in the working directory wins over the packaged one. The server does not start
 * with a rulebook that has faults; all of them are listed.
 */
@Configuration(proxyBeanMethods = false)
class LawbookFiles {

    @Bean
    Lawbook lawbook(Environment environment, Associations associations) {
        Lawbook lawbook = new Lawbook();
        List<String> faults = new ArrayList<>();
        for (String code : associations.codes()) {
            String place = environment.getProperty(
                    "homeroom.associations." + code + ".rulebook", "config/rulebooks/" + code + ".yaml");
            Optional<String> text = text(place);
            if (text.isEmpty()) {
                faults.add(place + ":1:1: 找不到协会 " + code + " 的规则书");
                continue;
            }
            Rulebooks.Reading reading = Rulebooks.read(place, text.get());
            reading.faults().stream().map(Fault::toString).forEach(faults::add);
            reading.rulebook().ifPresent(book -> take(lawbook, code, place, book, text.get(), faults));
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("规则书有误，服务没有启动：\n" + String.join("\n", faults));
        }
        return lawbook;
    }

    private static void take(
            Lawbook lawbook, String code, String place, Rulebook book, String text, List<String> faults) {
        if (book.code().equals(code)) {
            lawbook.put(code, book, text);
        } else {
            faults.add(place + ":1:1: 这是协会 " + book.code() + " 的规则书，不是 " + code + " 的");
        }
    }

    private static Optional<String> text(String place) {
        Path file = Path.of(place);
        try (InputStream in = Files.isRegularFile(file)
                ? Files.newInputStream(file)
                : LawbookFiles.class.getClassLoader().getResourceAsStream(place)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(place + " cannot be read", e);
        }
    }
}
