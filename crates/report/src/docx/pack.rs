//! The parts of the file into one archive: fixed order, fixed times, title and language set, the picture described.

use std::io::{Cursor, Write};

use docx_rs::XMLDocx;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::DocxError;
use crate::document::Document;
use crate::escape::xml;

pub(crate) fn pack(parts: XMLDocx, document: &Document) -> Result<Vec<u8>, DocxError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| -> Result<(), DocxError> {
        archive.start_file(name, options)?;
        Ok(archive.write_all(bytes)?)
    };
    put("[Content_Types].xml", &parts.content_type)?;
    put("_rels/.rels", &parts.rels)?;
    put("docProps/app.xml", &parts.doc_props.app)?;
    put("docProps/core.xml", core(document).as_bytes())?;
    put("docProps/custom.xml", &parts.doc_props.custom)?;
    put("word/_rels/document.xml.rels", &parts.document_rels)?;
    put("word/document.xml", &described(parts.document, document))?;
    put("word/styles.xml", &in_vietnamese(parts.styles))?;
    put("word/settings.xml", &parts.settings)?;
    put("word/fontTable.xml", &parts.font_table)?;
    put("word/comments.xml", &parts.comments)?;
    put("word/numbering.xml", &parts.numberings)?;
    put("word/commentsExtended.xml", &parts.comments_extended)?;
    put("word/footnotes.xml", &parts.footnotes)?;
    for (index, header) in parts.headers.iter().enumerate() {
        put(&format!("word/header{}.xml", index + 1), header)?;
    }
    for (index, rels) in parts.header_rels.iter().enumerate() {
        put(&format!("word/_rels/header{}.xml.rels", index + 1), rels)?;
    }
    for (name, bytes) in &parts.media {
        put(&format!("word/media/{name}.png"), bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Title, author, language, date: from the document, never from the clock.
fn core(document: &Document) -> String {
    let day = format!("{}T00:00:00Z", document.dated());
    let author = xml(&document.header.issuer.join(" "));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified><cp:revision>1</cp:revision><dc:language>vi-VN</dc:language><dc:title>{}</dc:title></cp:coreProperties>",
        xml(&document.title_line())
    )
}

/// The library writes pictures without a description.
fn described(part: Vec<u8>, document: &Document) -> Vec<u8> {
    let Some(proof) = &document.proof else { return part };
    let Ok(text) = String::from_utf8(part) else { return Vec::new() };
    let words = xml(&format!("Mã QR dẫn đến trang kiểm chứng số liệu: {}", proof.url));
    let described = text.replacen(
        "<wp:docPr id=\"1\" name=\"Figure\"",
        &format!("<wp:docPr id=\"1\" name=\"QR\" descr=\"{words}\""),
        1,
    );
    described.into_bytes()
}

/// The library has no word for the language of a document; without it Word underlines every syllable as misspelt.
fn in_vietnamese(styles: Vec<u8>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(styles) else { return Vec::new() };
    let end = "</w:rPr></w:rPrDefault>";
    let language = "<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/>";
    text.replacen(end, &format!("{language}{end}"), 1).into_bytes()
}
