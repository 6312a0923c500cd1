package io.homeroom.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/** The known sentences, indexed by words and by single characters, so that the nearest few are found quickly. */
final class Examples {

    private static final int NEAREST = 24;

    private final Analyzer words = new SmartChineseAnalyzer();
    private final Analyzer characters = new StandardAnalyzer();
    private final IndexSearcher searcher;

    Examples(Map<String, Intent> sentences) {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try {
            try (IndexWriter writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig(new org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper(
                            characters, Map.of("words", words))))) {
                for (Map.Entry<String, Intent> sentence : sentences.entrySet()) {
                    Document document = new Document();
                    document.add(new TextField("words", sentence.getKey(), Field.Store.NO));
                    document.add(new TextField("characters", sentence.getKey(), Field.Store.NO));
                    document.add(new StoredField("text", sentence.getKey()));
                    document.add(new StoredField("intent", sentence.getValue().name()));
                    writer.addDocument(document);
                }
            }
            this.searcher = new IndexSearcher(DirectoryReader.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For each intent that has a sentence near the text, how alike the nearest is, 0 to 1. */
    Map<Intent, Double> like(String text) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        add(query, new QueryBuilder(words).createBooleanQuery("words", text));
        add(query, new QueryBuilder(characters).createBooleanQuery("characters", text));
        Map<Intent, Double> likeness = new EnumMap<>(Intent.class);
        try {
            StoredFields stored = searcher.storedFields();
            for (ScoreDoc hit : searcher.search(query.build(), NEAREST).scoreDocs) {
                Document document = stored.document(hit.doc);
                double alike = Understanding.alike(text, document.get("text"));
                likeness.merge(Intent.valueOf(document.get("intent")), alike, Math::max);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return likeness;
    }

    private static void add(BooleanQuery.Builder query, @org.jspecify.annotations.Nullable Query part) {
        if (part != null) {
            query.add(part, BooleanClause.Occur.SHOULD);
        }
    }
}
