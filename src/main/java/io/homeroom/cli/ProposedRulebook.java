package io.homeroom.cli;

import io.homeroom.rulebook.Fault;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A rulebook that a command is given, before it is in force. */
final class ProposedRulebook {

    private ProposedRulebook() {}

    /** A rulebook that cannot be read, or has faults; says all of them. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unusable(String sentence) {
            super(sentence);
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    static Rulebook read(Path file) throws Unusable {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new Unusable(file + "：找不到文件");
        } catch (CharacterCodingException e) {
            throw new Unusable(file + "：不是 UTF-8 编码的文本");
        } catch (IOException e) {
            throw new Unusable(file + "：读不了，" + e.getMessage());
        }
        Rulebooks.Reading reading = Rulebooks.read(file.toString(), text);
        if (reading.rulebook().isEmpty()) {
            throw new Unusable(reading.faults().stream().map(Fault::toString).collect(Collectors.joining("\n")));
        }
        return reading.rulebook().get();
    }

    /** Prints a command's last line. */
    static int say(PrintWriter out, int exit, String what) {
        out.println(what);
        out.flush();
        return exit;
    }
}
