package io.homeroom.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Full text search over one document, cut into its articles. Quotes what is there; never makes up an answer. */
final class ClauseSearch {

    private static final int QUOTE = 76;
    /** Words that questions are made of and every article has. */
    private static final Set<String> COMMON = Set.of(
            "的", "了", "是", "吗", "我", "我们", "你", "你们", "怎么", "什么", "哪", "哪些", "哪里", "多少", "有", "没有", "能", "可以", "要", "会",
            "在", "和", "与", "或", "不", "都", "就", "这", "那", "个", "呢", "吧", "啊", "请问", "请", "问", "谁", "几", "时候", "应", "应该",
            "本", "本会", "协会", "联盟", "会员", "单位", "规定", "办法", "到", "去", "被", "给", "对", "为", "由", "其", "等", "及", "并", "如何",
            "一", "今天", "明天", "不错");

    /**
     * A piece of the text.
     *
     * @param label 第十二条
     * @param text the whole article, or the quoted part of it
     */
    record Passage(String label, String text) {}

    private final Analyzer analyzer = new SmartChineseAnalyzer();
    private final IndexSearcher searcher;

    ClauseSearch(List<Passage> articles) {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
            for (Passage article : articles) {
                Document document = new Document();
                document.add(new StoredField("label", article.label()));
                document.add(new TextField("text", article.text(), Field.Store.YES));
                writer.addDocument(document);
            }
            writer.commit();
            this.searcher = new IndexSearcher(DirectoryReader.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At most two passages that share most of the question's telling words. */
    List<Passage> find(String question) {
        Set<String> words = words(question);
        words.removeAll(COMMON);
        if (words.isEmpty()) {
            return List.of();
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        words.forEach(word -> query.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD));
        query.setMinimumNumberShouldMatch(Math.max(Math.min(2, words.size()), (words.size() * 3 + 4) / 5));
        List<Passage> found = new ArrayList<>();
        try {
            for (ScoreDoc hit : searcher.search(query.build(), 2).scoreDocs) {
                Document document = searcher.storedFields().document(hit.doc);
                found.add(new Passage(document.get("label"), quote(document.get("text"), words)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The stretch of whole sentences that holds most of the words, cut to a phone's width. */
    private static String quote(String text, Set<String> words) {
        String best = "";
        long most = -1;
        for (String sentence : text.split("(?<=[。；])")) {
            long holds = words.stream().filter(sentence::contains).count();
            if (holds > most) {
                most = holds;
                best = sentence.strip();
            }
        }
        return best.length() <= QUOTE ? best : best.substring(0, QUOTE) + "…";
    }

    private Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(term.toString());
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
