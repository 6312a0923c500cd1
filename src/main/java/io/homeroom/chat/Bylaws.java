package io.homeroom.chat;

import io.homeroom.ground.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/** The texts that associations have loaded ({@code homeroom.associations.{code}.bylaws}), searched for free questions. */
@Component
class Bylaws {

    private static final Logger LOG = LoggerFactory.getLogger(Bylaws.class);

    private final Environment environment;
    private final ResourceLoader resources;
    private final Map<String, Optional<ClauseSearch>> texts = new ConcurrentHashMap<>();

    Bylaws(Environment environment, ResourceLoader resources) {
        this.environment = environment;
        this.resources = resources;
    }

    /** Passages of the current association's text that speak of the question, best first; none without a text. */
    List<ClauseSearch.Passage> find(String question) {
        return texts.computeIfAbsent(Tenant.current(), this::load)
                .map(search -> search.find(question))
                .orElse(List.of());
    }

    private Optional<ClauseSearch> load(String code) {
        String location = environment.getProperty("homeroom.associations." + code + ".bylaws", "");
        if (location.isBlank()) {
            return Optional.empty();
        }
        Resource resource = resources.getResource(location.contains(":") ? location : "file:" + location);
        try {
            return Optional.of(new ClauseSearch(articles(resource.getContentAsString(StandardCharsets.UTF_8))));
        } catch (IOException | UncheckedIOException e) {
            // A missing text costs only the search; every other answer stands on the rulebook.
            LOG.warn("The bylaws of {} cannot be read from {}: {}", code, location, e.getMessage());
            return Optional.empty();
        }
    }

    /** Cuts a text into its articles; what stands before the first is left out. */
    static List<ClauseSearch.Passage> articles(String text) {
        String joined = text.replace("\r", "").replaceAll("[ \\t\\u3000]+", " ").replaceAll("\\n\\s*", "\n");
        List<ClauseSearch.Passage> articles = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        String label = "";
        for (String line : joined.split("\n")) {
            java.util.regex.Matcher start = ARTICLE.matcher(line);
            if (start.find()) {
                add(articles, label, body);
                label = start.group(1);
                body.append(line.substring(start.end()).strip());
            } else if (!CHAPTER.matcher(line).find()) {
                body.append(line.strip());
            }
        }
        add(articles, label, body);
        return articles;
    }

    private static final java.util.regex.Pattern ARTICLE =
            java.util.regex.Pattern.compile("^\\s*(第[一二三四五六七八九十百零]{1,6}条)\\s*");
    private static final java.util.regex.Pattern CHAPTER = java.util.regex.Pattern.compile("^\\s*第[一二三四五六七八九十]{1,3}章");

    private static void add(List<ClauseSearch.Passage> articles, String label, StringBuilder body) {
        if (!label.isEmpty() && !body.isEmpty()) {
            articles.add(new ClauseSearch.Passage(label, body.toString()));
        }
        body.setLength(0);
    }
}
