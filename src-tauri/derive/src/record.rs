//! The expansion of `#[derive(Record)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Expr, Field, Fields, Ident, Lit, Meta, Path, Result};

/// Writes the `Row` (and, where it has an id, the `Record`) of a struct.
pub fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Struct(body) = &input.data else {
        return Err(Error::new_spanned(input, "Record is for structs"));
    };
    let Fields::Named(fields) = &body.fields else {
        return Err(Error::new_spanned(input, "Record needs named fields"));
    };
    let table = TableAttributes::read(input)?;
    let (ids, columns): (Vec<&Field>, Vec<&Field>) = fields.named.iter().partition(|field| is_id(field));
    let name = &input.ident;
    let meta = table.tokens(&columns, input)?;
    let row = row(name, !ids.is_empty(), &columns, &table)?;
    let record = (!ids.is_empty()).then(|| record(name));
    Ok(quote! {
        const _: () = {
            static TABLE: ::unionbook_core::record::Table = #meta;
            #row
            #record
        };
    })
}

fn is_id(field: &Field) -> bool {
    field.ident.as_ref().is_some_and(|ident| ident == "id")
}

fn row(name: &Ident, has_id: bool, columns: &[&Field], table: &TableAttributes) -> Result<TokenStream> {
    let maxima = columns.iter().map(|field| longest(field)).collect::<Result<Vec<_>>>()?;
    let idents: Vec<_> = columns.iter().filter_map(|field| field.ident.as_ref()).collect();
    let types: Vec<_> = columns.iter().map(|field| &field.ty).collect();
    let names: Vec<_> = idents.iter().map(|ident| ident.to_string()).collect();
    let id = has_id.then(|| quote!(id: ::unionbook_core::record::Id::new(id),));
    let table_name = table.text("table");
    let tidy = table.tidy.as_ref().map(|path| quote!(#path(self, now, faults);));
    let check = table.check.as_ref().map(|path| quote!(#path(self, db, faults);));
    Ok(quote! {
        impl ::unionbook_core::record::Row for #name {
            const NAME: &'static str = #table_name;
            fn table() -> &'static ::unionbook_core::record::Table { &TABLE }
            fn cells(&self) -> Vec<::unionbook_core::record::Cell> {
                vec![#(::unionbook_core::record::Value::to_cell(&self.#idents)),*]
            }
            #[allow(unused_variables)]
            fn from_cells(id: i64, cells: Vec<::unionbook_core::record::Cell>) -> ::unionbook_core::Result<Self> {
                let mut cells = cells.into_iter();
                Ok(Self { #id #(#idents: ::unionbook_core::record::take::<#types>(&TABLE, #names, cells.next())?),* })
            }
            #[allow(unused_variables)]
            fn tidy(&mut self, now: ::unionbook_core::store::Now, faults: &mut ::unionbook_core::error::Faults) {
                #(::unionbook_core::record::Value::fold(&mut self.#idents, ::unionbook_core::record::has_lines(#maxima));)*
                #tidy
            }
            #[allow(unused_variables)]
            fn check(&self, db: &::unionbook_core::store::Db, faults: &mut ::unionbook_core::error::Faults) { #check }
        }
    })
}

/// The longest text of a field: `Some(60)`, or `None`.
fn longest(field: &Field) -> Result<TokenStream> {
    let mut max = quote!(None);
    each_meta(&field.attrs, "field", |meta| {
        if let Meta::NameValue(pair) = meta
            && pair.path.is_ident("max")
        {
            let value = &pair.value;
            max = quote!(Some(#value));
        }
        Ok(())
    })?;
    Ok(max)
}

fn record(name: &Ident) -> TokenStream {
    quote! {
        impl ::unionbook_core::record::Record for #name {
            fn id(&self) -> ::unionbook_core::record::Id<Self> { self.id }
        }
        impl ::unionbook_core::record::Wire for #name {
            fn wire(types: &mut ::unionbook_core::record::Types) -> String { types.row(&TABLE) }
        }
    }
}

/// What `#[record(…)]` says of the table.
#[derive(Default)]
struct TableAttributes {
    texts: Vec<(String, String)>,
    check: Option<Path>,
    tidy: Option<Path>,
    link: bool,
    view: bool,
}

impl TableAttributes {
    fn read(input: &DeriveInput) -> Result<Self> {
        let mut found = Self::default();
        each_meta(&input.attrs, "record", |meta| found.take(meta))?;
        Ok(found)
    }

    fn take(&mut self, meta: &Meta) -> Result<()> {
        match meta {
            Meta::Path(path) if path.is_ident("link") => self.link = true,
            Meta::Path(path) if path.is_ident("view") => self.view = true,
            Meta::NameValue(pair) if pair.path.is_ident("check") => self.check = Some(function(pair)?),
            Meta::NameValue(pair) if pair.path.is_ident("tidy") => self.tidy = Some(function(pair)?),
            Meta::NameValue(pair) => self.texts.push((key(&pair.path)?, text(&pair.value)?)),
            other => return Err(Error::new_spanned(other, "not known to #[record]")),
        }
        Ok(())
    }

    fn text(&self, key: &str) -> &str {
        self.texts.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value)
    }

    fn list(&self, key: &str) -> Vec<&str> {
        self.text(key).split(',').map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    fn tokens(&self, columns: &[&Field], input: &DeriveInput) -> Result<TokenStream> {
        for (key, _) in &self.texts {
            if !["table", "label", "order", "key", "unit", "carries", "computed", "kept"].contains(&key.as_str()) {
                return Err(Error::new_spanned(input, format!("#[record({key})] is not known")));
            }
        }
        let (name, label, order, unit) = (self.text("table"), self.text("label"), self.list("order"), self.text("unit"));
        if name.is_empty() || label.is_empty() {
            return Err(Error::new_spanned(input, "#[record] needs table and label"));
        }
        let (key, kept, link, view, help) = (self.list("key"), self.list("kept"), self.link, self.view, docs(&input.attrs));
        let carries = self.list("carries").into_iter().map(carry).collect::<Vec<_>>();
        let computed = self.list("computed").into_iter().map(compute).collect::<Vec<_>>();
        let fields = columns.iter().map(|field| column(field)).collect::<Result<Vec<_>>>()?;
        Ok(quote! {
            ::unionbook_core::record::Table {
                name: #name, label: #label, help: #help, fields: &[#(#fields),*], order: &[#(#order),*], key: &[#(#key),*],
                unit: #unit, carries: &[#(#carries),*], computed: &[#(#computed),*], kept: &[#(#kept),*], link: #link, view: #view, sql: ::std::sync::OnceLock::new(),
            }
        })
    }
}

/// `person.sex` says: the column `_sex` is a copy of `sex` of the row that the field `person` points at.
fn carry(text: &str) -> TokenStream {
    let (through, column) = text.split_once('.').unwrap_or((text, ""));
    let own = format!("_{}", column.trim_start_matches('_'));
    quote!(::unionbook_core::record::Carry { through: #through, column: #column, own: #own })
}

/// `pinyin(name)` says: the column `_pinyin` holds what the function `pinyin` makes of the field `name`.
fn compute(text: &str) -> TokenStream {
    let (function, field) = text.trim_end_matches(')').split_once('(').unwrap_or((text, ""));
    let own = format!("_{function}");
    quote!(::unionbook_core::record::Computed { function: #function, field: #field, own: #own })
}

fn column(field: &Field) -> Result<TokenStream> {
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    let (mut label, mut section, mut max) = (String::new(), String::new(), quote!(None));
    let mut flags: Vec<Ident> = Vec::new();
    each_meta(&field.attrs, "field", |meta| {
        match meta {
            Meta::NameValue(pair) if pair.path.is_ident("label") => label = text(&pair.value)?,
            Meta::NameValue(pair) if pair.path.is_ident("section") => section = text(&pair.value)?,
            Meta::NameValue(pair) if pair.path.is_ident("max") => {
                let value = &pair.value;
                max = quote!(Some(#value));
            }
            Meta::Path(path) => flags.extend(path.get_ident().cloned()),
            other => return Err(Error::new_spanned(other, "not known to #[field]")),
        }
        Ok(())
    })?;
    if label.is_empty() {
        return Err(Error::new_spanned(field, "#[field] needs a label"));
    }
    let (ty, help) = (&field.ty, docs(&field.attrs));
    let [listed, filter, search, secret] = ["listed", "filter", "search", "secret"].map(|flag| flags.iter().any(|given| given == flag));
    if let Some(unknown) = flags.iter().find(|flag| !["listed", "filter", "search", "secret"].contains(&flag.to_string().as_str())) {
        return Err(Error::new_spanned(unknown, "not known to #[field]"));
    }
    Ok(quote! {
        ::unionbook_core::record::Field {
            name: #name, label: #label, help: #help, kind: <#ty as ::unionbook_core::record::Value>::KIND,
            required: !<#ty as ::unionbook_core::record::Value>::OPTIONAL, max: #max, section: #section,
            listed: #listed, filter: #filter, search: #search, secret: #secret,
        }
    })
}

fn each_meta(attributes: &[Attribute], name: &str, mut take: impl FnMut(&Meta) -> Result<()>) -> Result<()> {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        let metas = attribute.parse_args_with(syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated)?;
        metas.iter().try_for_each(&mut take)?;
    }
    Ok(())
}

fn function(pair: &syn::MetaNameValue) -> Result<Path> {
    match &pair.value {
        Expr::Path(path) => Ok(path.path.clone()),
        _ => Err(Error::new_spanned(pair, "expected the path of a function")),
    }
}

fn key(path: &Path) -> Result<String> {
    path.get_ident().map(ToString::to_string).ok_or_else(|| Error::new_spanned(path, "expected a name"))
}

fn text(value: &Expr) -> Result<String> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Ok(text.value()),
            other => Err(Error::new_spanned(other, "expected a text")),
        },
        other => Err(Error::new_spanned(other, "expected a text")),
    }
}

/// Joins the lines of a doc comment.
pub fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) => text(&pair.value).ok(),
        _ => None,
    });
    lines.map(|line| line.trim().to_owned()).collect::<Vec<_>>().join(" ")
}
